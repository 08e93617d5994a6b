package io.stretchc.render;

import io.stretchc.diag.Quote;

/** Text with characters that a terminal or a reader's eye acts on made visible; nothing is cut. */
final class Shown {
    private Shown() {}

    static String of(String text) {
        var shown = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (Quote.acts(c)) {
                shown.append(c < 0x100 ? "\\x%02x".formatted(c) : "\\u%04x".formatted(c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.toString();
    }
}
