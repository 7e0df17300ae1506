"""What a person does with the facts of a base: finds one, corrects it, takes a correction back, hands corrections and answers on."""
