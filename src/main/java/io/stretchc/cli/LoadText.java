package io.stretchc.cli;

import io.stretchc.diag.Quote;
import io.stretchc.load.Counted;
import java.util.Locale;
import java.util.SortedMap;

/** What a load counted, a line for each stream, and why most of the refused attempts were refused. */
final class LoadText {
    private LoadText() {}

    static String of(SortedMap<String, Counted> streams) {
        int width = streams.keySet().stream()
                .mapToInt(s -> Quote.plain(s).length())
                .max()
                .orElse(0);
        width = Math.max(6, width);
        var text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%-" + width + "s %9s %9s %9s %9s %9s%n",
                "stream",
                "attempts",
                "acks",
                "timeouts",
                "refusals",
                "taken"));
        for (var e : streams.entrySet()) {
            Counted c = e.getValue();
            text.append(String.format(
                    Locale.ROOT,
                    "%-" + width + "s %9d %9d %9d %9d %9d%n",
                    Quote.plain(e.getKey()),
                    c.attempts(),
                    c.acks(),
                    c.timeouts(),
                    c.refusals(),
                    c.taken()));
        }
        Counted all = streams.values().stream().reduce(new Counted(), Counted::plus);
        all.commonest()
                .ifPresent(reason -> text.append("Most refusals: ")
                        .append(Quote.plain(reason))
                        .append(" (")
                        .append(all.reasons().get(reason))
                        .append(" of ")
                        .append(all.refusals())
                        .append(")\n"));
        return text.toString().replace(System.lineSeparator(), "\n");
    }
}
