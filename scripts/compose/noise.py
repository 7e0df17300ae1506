def distort(chance, text, spans, zones): return text, spans
