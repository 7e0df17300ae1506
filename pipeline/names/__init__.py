"""What the names of places and bodies stand for: gazetteer, locality of a document, long forms, spelling."""
