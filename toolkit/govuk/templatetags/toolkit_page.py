"""`{% toolkit_page layout %} … {% endtoolkit_page %}`: a Django template inside our Jinja page.

allauth's pages are Django templates, and ours are Jinja. Their base template wraps its blocks in this tag; each block is
rendered by Django as ever and then handed, by name, to a Jinja layout. So header, navigation, banners, error summary and
footer exist once.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BaseForm
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.template.loader import render_to_string
from django.template.loader_tags import BlockNode
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


class ToolkitPageNode(template.Node):
    """Renders the blocks inside it, then the Jinja layout around them."""

    def __init__(self, layout: FilterExpression, nodelist: NodeList) -> None:
        self.layout = layout
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        # What Django has rendered is escaped already.
        blocks = {
            node.name: mark_safe(str(node.render_annotated(context)).strip())
            for node in self.nodelist
            if isinstance(node, BlockNode)
        }
        around: dict[str, Any] = {"blocks": blocks, "forms": _forms(context)}
        return render_to_string(self.layout.resolve(context), around, request=context.get("request"))


def _forms(context: Context) -> list[BaseForm]:
    """Every form the view gave, so that the error summary misses none of them, whatever it is called."""
    found: list[BaseForm] = []
    for value in context.flatten().values():
        if isinstance(value, BaseForm) and value not in found:
            found.append(value)
    return found


@register.tag
def toolkit_page(parser: Parser, token: Token) -> ToolkitPageNode:
    _, layout = token.split_contents()
    nodelist = parser.parse(("endtoolkit_page",))
    parser.delete_first_token()
    return ToolkitPageNode(parser.compile_filter(layout), nodelist)
