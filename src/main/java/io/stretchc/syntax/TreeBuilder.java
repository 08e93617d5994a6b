package io.stretchc.syntax;

import io.stretchc.diag.Code;
import io.stretchc.diag.Diagnostic;
import io.stretchc.diag.Quote;
import io.stretchc.diag.Result;
import io.stretchc.diag.Severity;
import io.stretchc.diag.Span;
import io.stretchc.syntax.SourceNode.Entry;
import io.stretchc.syntax.SourceNode.Mapping;
import io.stretchc.syntax.SourceNode.Scalar;
import io.stretchc.syntax.SourceNode.Sequence;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Turns the nodes of the YAML library into {@link SourceNode}s: merges made, duplicate keys and alias bombs found. */
final class TreeBuilder {
    /** Most values that a document may unfold into. */
    static final int MAX_NODES = 2_000_000;

    private static final String MERGE = "<<";

    private final String file;
    private final List<Diagnostic> found = new ArrayList<>();
    private final IdentityHashMap<Node, Built> done = new IdentityHashMap<>();
    private long merged;

    /** A finished node with the number of values that it unfolds into, and how deep they nest. */
    private record Built(SourceNode node, long size, int depth) {
        static Built leaf(Scalar scalar) {
            return new Built(scalar, 1, 0);
        }
    }

    TreeBuilder(String file) {
        this.file = file;
    }

    Result<SourceDocument> build(Node root) {
        Built built = convert(root);
        if (built.size > MAX_NODES || merged > MAX_NODES) {
            add(
                    Code.YM104,
                    span(root),
                    String.format(
                            Locale.ROOT, "The aliases of this document unfold into more than %,d values.", MAX_NODES),
                    "Remove the nested anchors; `defaults` says a common value once.");
            return new Result<>(null, found);
        }
        if (built.depth > YamlReader.MAX_DEPTH) {
            add(
                    Code.YM104,
                    span(root),
                    "The aliases of this document make mappings and lists nest more than " + YamlReader.MAX_DEPTH
                            + " deep.",
                    "Remove the nested anchors; `defaults` says a common value once.");
            return new Result<>(null, found);
        }
        boolean broken = found.stream().anyMatch(d -> d.code() == Code.YM104);
        return new Result<>(broken ? null : new SourceDocument(file, built.node), found);
    }

    private Built convert(Node node) {
        Built known = done.get(node);
        if (known != null) {
            return known;
        }
        var empty = Built.leaf(new Scalar("", true, span(node)));
        done.put(node, empty); // an anchor met inside itself reads as empty, and is reported below
        if (node.isTwoStepsConstruction()) {
            add(
                    Code.YM104,
                    span(node),
                    "This value contains itself through an alias.",
                    "Remove the alias inside its own anchor.");
            return empty;
        }
        checkTag(node);
        Built built = switch (node.getNodeId()) {
            case mapping -> mapping((MappingNode) node);
            case sequence -> sequence((SequenceNode) node);
            case scalar, anchor -> Built.leaf(scalar(node));
        };
        done.put(node, built);
        return built;
    }

    private void checkTag(Node node) {
        Tag tag = node.getTag();
        boolean usual = tag.equals(Tag.STR) || tag.equals(Tag.MAP) || tag.equals(Tag.SEQ);
        if (!usual) {
            add(
                    Code.YM105,
                    span(node),
                    "The type tag " + Quote.of(tag.getValue().replaceFirst("^" + Tag.PREFIX, "!!"))
                            + " has no meaning here.",
                    "Remove the tag; quotes make a value text.");
        }
    }

    private static Scalar scalar(Node node) {
        if (node instanceof ScalarNode s) {
            return new Scalar(s.getValue(), s.getScalarStyle() == ScalarStyle.PLAIN, span(node));
        }
        return new Scalar("", true, span(node));
    }

    private Built sequence(SequenceNode node) {
        var items = new ArrayList<SourceNode>();
        long size = 1;
        int depth = 0;
        for (Node item : node.getValue()) {
            Built built = convert(item);
            items.add(built.node);
            size = add(size, built.size);
            depth = Math.max(depth, built.depth);
        }
        return new Built(new Sequence(items, span(node)), size, depth + 1);
    }

    private Built mapping(MappingNode node) {
        var own = new LinkedHashMap<String, Entry>();
        var inherited = new LinkedHashMap<String, Entry>();
        @Nullable Scalar firstMerge = null;
        long size = 1;
        int depth = 0;
        for (NodeTuple tuple : node.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
                add(
                        Code.YM103,
                        span(tuple.getKeyNode()),
                        "A key must be a plain word, not a list or mapping.",
                        "Write `key: value`.");
                continue;
            }
            Scalar key = scalar(keyNode);
            Built value = convert(tuple.getValueNode());
            size = add(size, value.size);
            depth = Math.max(depth, value.depth);
            if (key.plain() && key.text().equals(MERGE)) {
                if (firstMerge != null) {
                    duplicate(key, firstMerge);
                }
                firstMerge = firstMerge == null ? key : firstMerge;
                merged = add(merged, value.size);
                if (merged <= MAX_NODES) { // beyond, the document is refused anyway
                    merge(value.node, inherited);
                }
                continue;
            }
            Entry first = own.putIfAbsent(key.text(), new Entry(key, value.node));
            if (first != null) {
                duplicate(key, first.key());
            }
        }
        inherited.forEach(own::putIfAbsent);
        return new Built(new Mapping(List.copyOf(own.values()), span(node)), size, depth + 1);
    }

    private void merge(SourceNode value, Map<String, Entry> into) {
        if (value instanceof Mapping m) {
            m.entries().forEach(e -> into.putIfAbsent(e.key().text(), e));
        } else if (value instanceof Sequence s && s.items().stream().allMatch(i -> i instanceof Mapping)) {
            s.items().forEach(i -> merge(i, into));
        } else {
            add(
                    Code.YM103,
                    value.span(),
                    "Only a mapping, or a list of mappings, can be merged with `<<`.",
                    "Let the alias name a mapping.");
        }
    }

    private void duplicate(Scalar key, Scalar first) {
        found.add(new Diagnostic(
                Code.YM103,
                Severity.ERROR,
                file,
                key.span(),
                "The key " + Quote.of(key.text()) + " stands twice in this mapping, first in line "
                        + first.span().line() + ".",
                "Keep one of the two.",
                List.of(new Diagnostic.Related(file, first.span(), "the first one"))));
    }

    private void add(Code code, Span span, String message, String fix) {
        found.add(new Diagnostic(code, code.severity(), file, span, message, fix, List.of()));
    }

    private static long add(long a, long b) {
        return Math.min(a + b, Integer.MAX_VALUE);
    }

    private static Span span(Node node) {
        Span start = YamlReader.mark(node.getStartMark());
        Span end = YamlReader.mark(node.getEndMark());
        return start.to(end);
    }
}
