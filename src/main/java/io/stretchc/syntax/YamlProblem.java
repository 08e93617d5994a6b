package io.stretchc.syntax;

import io.stretchc.diag.Code;
import io.stretchc.diag.Diagnostic;
import io.stretchc.diag.Quote;
import io.stretchc.diag.Span;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** What the YAML library could not read, in words for somebody who writes YAML rather than parses it. */
final class YamlProblem {
    private static final Pattern NO_START = Pattern.compile("found character '(.*?)' that cannot start any token.*");
    private static final Pattern ESCAPE = Pattern.compile("found unknown escape character (.).*");
    private static final Pattern ALIAS = Pattern.compile("found undefined alias (\\S+)");

    private final String file;
    private final Span here;
    private final @Nullable Span context;
    private final String problem;

    private YamlProblem(String file, MarkedYAMLException e) {
        this.file = file;
        this.here = one(e.getProblemMark());
        this.context = e.getContextMark() == null ? null : one(e.getContextMark());
        this.problem = e.getProblem() == null ? "unreadable" : e.getProblem();
    }

    static Diagnostic of(String file, MarkedYAMLException e) {
        return new YamlProblem(file, e).diagnostic();
    }

    private Diagnostic diagnostic() {
        if (problem.contains("another document")) {
            return at(here, "The file holds more than one document.", "Keep one; remove the `---` before the others.");
        }
        if (problem.contains("mapping values are not allowed")) {
            return at(
                    here,
                    "A colon stands where no key can be.",
                    "Quote a value that contains a colon and a space; else check the indentation, and that the key before has its colon.");
        }
        if (problem.contains("expected <block end>, but found '<scalar>'")) {
            return at(
                    here,
                    "Text follows here on a value that has ended.",
                    "Quote the whole value; inside single quotes write a quote as `''`.");
        }
        if (problem.contains("expected <block end>")) {
            return at(
                    here,
                    "The indentation fits none of the lines above.",
                    "Let all keys of a mapping, and all dashes of a list, begin in the same column.",
                    "the mapping or list before it begins here");
        }
        if (problem.contains("unexpected end of stream")) {
            return at(started(), "The quoted text that begins here does not end.", "Add the closing quote.");
        }
        if (problem.startsWith("could not find expected ':'")) {
            return at(started(), "A key has no colon.", "Write `key: value`, with a space after the colon.");
        }
        if (problem.startsWith("expected the node content")) {
            return problem.contains("<stream end>")
                    ? at(here, "The file ends inside brackets.", "Close what was opened before.")
                    : at(
                            here,
                            "No value can begin here.",
                            "Look for a bracket that is not closed; a value of this form takes quotes.");
        }
        if (problem.contains("<stream end>")) {
            return at(started(), "What opens here is not closed.", "Close it with the bracket that is missing.");
        }
        if (problem.startsWith("expected ',' or ")) {
            return at(
                    here,
                    "A comma or the closing bracket is missing before this.",
                    "Separate entries by commas, and close with `}` or `]`.",
                    "opened here");
        }
        return character();
    }

    private Diagnostic character() {
        Matcher start = NO_START.matcher(problem);
        if (start.matches()) {
            boolean tab = start.group(1).contains("TAB");
            return tab
                    ? at(here, "A tab stands where YAML allows only spaces.", "Indent with spaces.")
                    : at(here, "A value cannot begin with " + Quote.of(start.group(1)) + ".", "Put it in quotes.");
        }
        Matcher escape = ESCAPE.matcher(problem);
        if (escape.matches()) {
            return at(
                    here,
                    "The escape " + Quote.of("\\" + escape.group(1)) + " means nothing in double quotes.",
                    "Write `\\\\` for a backslash, or use single quotes, which have no escapes.");
        }
        Matcher alias = ALIAS.matcher(problem);
        if (alias.matches()) {
            return at(
                    here,
                    "The alias " + Quote.of("*" + alias.group(1)) + " has no anchor.",
                    "Define `&" + Quote.plain(alias.group(1)) + "` before it, or quote a value that begins with `*`.");
        }
        return at(
                here,
                "The YAML cannot be read: " + Quote.plain(problem) + ".",
                "Check the indentation and the quotes around this place.");
    }

    private Span started() {
        return context == null ? here : context;
    }

    private Diagnostic at(Span span, String message, String fix) {
        return new Diagnostic(Code.YM101, Code.YM101.severity(), file, span, message, fix, List.of());
    }

    private Diagnostic at(Span span, String message, String fix, String related) {
        List<Diagnostic.Related> links =
                context == null ? List.of() : List.of(new Diagnostic.Related(file, context, related));
        return new Diagnostic(Code.YM101, Code.YM101.severity(), file, span, message, fix, links);
    }

    /** The one character at a mark. */
    private static Span one(@Nullable Mark mark) {
        Span s = YamlReader.mark(mark);
        return new Span(s.line(), s.column(), s.line(), s.column() + 1);
    }
}
