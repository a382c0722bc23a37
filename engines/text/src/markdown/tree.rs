//! Comrak, set to our dialect, and a walk over its tree that needs no stack.

use super::tame;
use comrak::nodes::{AstNode, Node, NodeValue};
use comrak::{Arena, Options, parse_document};
use std::sync::LazyLock;

static OPTIONS: LazyLock<Options<'static>> = LazyLock::new(|| {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    // "**重要**です" is emphasis too: CommonMark alone wants spaces that these scripts do not have.
    options.extension.cjk_friendly_emphasis = true;
    options
});

/// Parses one piece of Markdown and hands its tree to `visit`.
pub(super) fn parsed<T>(source: &str, visit: impl FnOnce(Node<'_>) -> T) -> T {
    let arena = Arena::new();
    let tamed = tame::tame(source);
    visit(parse_document(&arena, &tamed, &OPTIONS))
}

/// What to do after entering a node.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Go on with its children, then leave it.
    Into,
    /// It is done, children and all; it is not left.
    Over,
}

/// Someone who walks a tree.
pub(super) trait Walker<'a> {
    fn enter(&mut self, node: Node<'a>) -> Step;
    fn leave(&mut self, node: Node<'a>);
}

/// Walks all below `root` in the order of reading.
pub(super) fn walk<'a>(root: Node<'a>, walker: &mut dyn Walker<'a>) {
    let mut next = root.first_child();
    while let Some(node) = next {
        if walker.enter(node) == Step::Into {
            if let Some(child) = node.first_child() {
                next = Some(child);
                continue;
            }
            walker.leave(node);
        }
        next = after(node, root, walker);
    }
}

fn after<'a>(mut node: Node<'a>, root: Node<'a>, walker: &mut dyn Walker<'a>) -> Option<Node<'a>> {
    loop {
        if let Some(sibling) = node.next_sibling() {
            return Some(sibling);
        }
        node = node.parent().filter(|parent| !parent.same_node(root))?;
        walker.leave(node);
    }
}

/// The words of all inlines below a node.
pub(super) fn text_of(node: Node<'_>) -> String {
    let mut text = String::new();
    for below in node.descendants() {
        match &below.data().value {
            NodeValue::Text(piece) => text.push_str(piece),
            NodeValue::Code(code) => text.push_str(&code.literal),
            NodeValue::HtmlInline(html) => text.push_str(html),
            NodeValue::SoftBreak | NodeValue::LineBreak => text.push(' '),
            _ => {}
        }
    }
    text
}

/// Whether a paragraph is the content of an item of a tight list, which has no `<p>`.
pub(super) fn is_tight(paragraph: Node<'_>) -> bool {
    let list = paragraph.parent().and_then(AstNode::parent);
    list.is_some_and(|list| matches!(&list.data().value, NodeValue::List(list) if list.tight))
}
