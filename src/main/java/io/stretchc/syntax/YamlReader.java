package io.stretchc.syntax;

import io.stretchc.diag.Code;
import io.stretchc.diag.Diagnostic;
import io.stretchc.diag.Quote;
import io.stretchc.diag.Result;
import io.stretchc.diag.Span;
import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads one YAML document into a tree with positions. Refuses what a configuration file has no use for: duplicate keys,
 * type tags, several documents, files over {@value #MAX_CHARACTERS} characters or with a line over
 * {@value #MAX_LINE}, and aliases that unfold into more than
 * {@value TreeBuilder#MAX_NODES} values.
 */
public final class YamlReader {
    /** Longest text that is read. */
    public static final int MAX_CHARACTERS = 10 * 1024 * 1024;

    /** Longest line that is read. The library copies a long token again and again: 10 MB in one line take a minute. */
    static final int MAX_LINE = 1024 * 1024;

    static final int MAX_DEPTH = 64;

    private YamlReader() {}

    /** The document in {@code text}; {@code file} is only used to name it in findings. */
    public static Result<SourceDocument> read(String file, String text) {
        if (text.length() > MAX_CHARACTERS) {
            return tooLarge(file);
        }
        Result<SourceDocument> longLine = longLine(file, text);
        if (longLine != null) {
            return longLine;
        }
        Result<SourceDocument> oldLineEnd = oldLineEnd(file, text);
        if (oldLineEnd != null) {
            return oldLineEnd;
        }
        try {
            var options = new LoaderOptions();
            options.setCodePointLimit(MAX_CHARACTERS + 1);
            options.setMaxAliasesForCollections(Integer.MAX_VALUE); // unfolding is bounded by TreeBuilder instead
            options.setNestingDepthLimit(MAX_DEPTH);
            var parser = new ParserImpl(new StreamReader(new StringReader(text)), options);
            Node node = new Composer(parser, new TextOnly(), options).getSingleNode();
            if (node == null) {
                return failure(
                        file,
                        Code.YM102,
                        Span.START,
                        "The file holds no document.",
                        "Run `stretchc init` for a first topology.");
            }
            return new TreeBuilder(file).build(node);
        } catch (MarkedYAMLException e) {
            return new Result<>(null, List.of(YamlProblem.of(file, e)));
        } catch (ReaderException e) {
            Span at = position(text, e.getPosition());
            String message = "The character U+%04X is not allowed in a YAML file.".formatted(e.getCodePoint());
            return failure(file, Code.YM101, at, message, "Remove it.");
        } catch (YAMLException e) {
            String problem = String.valueOf(e.getMessage());
            return failure(
                    file,
                    Code.YM101,
                    Span.START,
                    problem.contains("Nesting Depth")
                            ? "Mappings and lists nest more than " + MAX_DEPTH + " deep."
                            : "The YAML cannot be read: " + Quote.plain(problem) + ".",
                    "Simplify the document.");
        }
    }

    /**
     * What ends a line in YAML 1.1, which the library reads, and is a character like any other in YAML 1.2 and in
     * editors: text behind it could leave a comment and become a key.
     */
    private static @Nullable Result<SourceDocument> oldLineEnd(String file, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\u0085' || c == '\u2028' || c == '\u2029') {
                String message =
                        "The character U+%04X ends a line in YAML 1.1, but not in YAML 1.2.".formatted((int) c);
                String fix = "Remove it; double quotes can hold it as `\\u%04x`.".formatted((int) c);
                return failure(file, Code.YM101, position(text, text.codePointCount(0, i)), message, fix);
            }
        }
        return null;
    }

    private static @Nullable Result<SourceDocument> longLine(String file, String text) {
        int number = 1;
        for (int from = 0; from < text.length(); number++) {
            int end = text.indexOf('\n', from);
            int length = (end < 0 ? text.length() : end) - from;
            if (length > MAX_LINE) {
                String message = String.format(
                        Locale.ROOT, "This line has %,d characters; up to %,d are read.", length, MAX_LINE);
                Span at = new Span(number, 1, number, 2);
                return failure(file, Code.YM106, at, message, "Check that this is a topology, and break the line.");
            }
            from += length + 1;
        }
        return null;
    }

    /** The finding for a file that is too large to read at all. */
    public static Result<SourceDocument> tooLarge(String file) {
        return failure(
                file,
                Code.YM106,
                Span.START,
                "The file is larger than the " + MAX_CHARACTERS / (1024 * 1024) + " MB that are read.",
                "A topology of 1,000 servers takes less than 1 MB; put common values in `defaults`.");
    }

    private static Result<SourceDocument> failure(String file, Code code, Span span, String message, String fix) {
        return new Result<>(null, List.of(new Diagnostic(code, code.severity(), file, span, message, fix, List.of())));
    }

    static Span mark(@Nullable Mark mark) {
        if (mark == null) {
            return Span.START;
        }
        int line = mark.getLine() + 1;
        int column = mark.getColumn() + 1;
        return new Span(line, column, line, column);
    }

    /** Where the code point with this index is. */
    private static Span position(String text, int index) {
        int line = 1;
        int column = 1;
        for (int c : text.codePoints().limit(index).toArray()) {
            if (c == '\n') {
                line++;
                column = 1;
            } else {
                column++;
            }
        }
        return new Span(line, column, line, column);
    }

    /** Leaves every plain scalar as text: the reader alone decides what it looks like. */
    private static final class TextOnly extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            // none: YAML 1.1 would turn `no` into false and `22:30` into 1350
        }
    }
}
