"""The answer of `vanban trace` on the screen: the directive, then its mentions document by document."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from pipeline.cli.duty_table import full_name
from pipeline.cli.labels import Labels, Lang
from pipeline.cli.output import Column, console, excerpt, plain, show_date, show_section, table
from pipeline.questions.trace import Directive, Mention, Said, Trace


def show_trace(answer: Trace, lang: Lang) -> None:
    """Says nothing of a directive that nobody cites but whether the base holds it."""
    labels, out = Labels(lang), console()
    if answer.mentions:
        documents = len({mention.document_id for mention in answer.mentions})
        for line in _summary(answer.directive, labels, documents):
            out.print(line)
    if answer.held:
        out.print(labels("held", names="; ".join(plain(document.source) for document in answer.held)))
    elif answer.mentions:
        out.print(labels("not_held"))
    if not answer.mentions:
        out.print(labels("nothing"))
    split = bool(answer.directive.disagree) or len(answer.directives) > 1
    heads = [
        Column(labels("section"), width=9),
        Column(labels("page"), width=5),
        Column(labels("relation"), 4),
        Column(labels("quote"), 14),
    ]
    if split:
        heads.insert(3, Column(labels("says"), 6))
    for _, group in groupby(answer.mentions, key=lambda mention: mention.document_id):
        mentions = list(group)
        out.print()
        out.print(table(full_name(mentions[0].document, labels), heads, (_cells(mention, labels, split) for mention in mentions)))


def _summary(directive: Directive, labels: Labels, documents: int) -> Iterable[str]:
    number = " ".join(part for part in (directive.type, directive.number) if part) if directive.number else ""
    name = f"{directive.name} ({directive.number})" if directive.number and directive.name else number or directive.name
    yield f"{plain(name)}: " + labels("cited_in", mentions=directive.mentions, documents=documents)
    for key, field, said in (("dates_said", "issued_on", directive.dates), ("issuers_said", "issuer", directive.issuers)):
        if said:
            warning = f"  {labels('disagree')}" if field in directive.disagree else ""
            yield f"{labels(key)}: {_said(said, labels, dates=key == 'dates_said')}{warning}"


def _said(values: Iterable[Said], labels: Labels, *, dates: bool) -> str:
    return "; ".join(f"{show_date(s.value) if dates else plain(s.value)} ({labels('times', n=s.mentions)})" for s in values)


def _cells(mention: Mention, labels: Labels, split: bool) -> list[str]:
    mark = f"[{labels('corrected')}]" if mention.corrected else ""
    relation = "\n".join(part for part in (labels(mention.relation), plain(mention.provision), mark) if part)
    says = [", ".join(part for part in (show_date(mention.issued_on), plain(mention.issuer)) if part)] if split else []
    return [
        show_section(mention.section, labels),
        str(mention.page),
        relation,
        *says,
        excerpt(mention.quote, mention.start - mention.quote_start, 400),
    ]
