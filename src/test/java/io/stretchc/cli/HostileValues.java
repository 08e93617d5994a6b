package io.stretchc.cli;

import java.util.List;

/** Texts that mean something to YAML, to templates, to nats-server's grammar, to terminals, logs or file systems. */
final class HostileValues {
    static final List<String> ALL = List.of(
            "",
            " ",
            " x ",
            "'",
            "\"",
            "\\",
            "\\\\",
            "\\\"",
            "\\n",
            "\\x41",
            "`",
            "a\nb: c",
            "\n",
            "\r\n",
            "\t",
            "$VAR",
            "${X}",
            "$",
            "include x",
            "include",
            "include \"x\"",
            "{",
            "}",
            "]",
            "} ] }",
            "[",
            "(",
            "(\nx\n)\n",
            "{{ 7*7 }}",
            "{{ x|safe }}",
            "{% raw %}",
            "{% endraw %}",
            "{# x #}",
            "#",
            "# x",
            "//",
            "// x",
            ";",
            ",",
            "=",
            ":",
            ": x",
            "true",
            "12",
            "-1",
            "1e9",
            "0x10",
            "null",
            "~",
            "%s%n",
            "%0A::error::x",
            "::error::x",
            "../../../etc/passwd",
            "/etc/passwd",
            "..",
            ".",
            "a/b",
            "*",
            ">",
            "x.>",
            "$SYS",
            "$JS.API.>",
            "!",
            "\u0000",
            "\u0007",
            "\u001b[31mred",
            "\u007f",
            "\u0085",
            "\u00a0",
            "\u2028",
            "\u2029",
            "\u200b",
            "\ufeff",
            "\u202egnp.exe",
            "\u2066x",
            "\ud83d\ude00",
            "\ud800",
            "\udc00x",
            "\ud83d",
            "\uffff",
            "e\u0301",
            "\u0130",
            "-----BEGIN PRIVATE KEY-----",
            "SUAIBDPBAUTWCWBKIO6XHQNINK5FWJW4OHLXC3HQ2KFE4PEJUA44CNHTC4",
            "nats://user:secret@host:4222",
            "a".repeat(300));

    /** What ends or opens something in the grammar of configurations. */
    static final List<String> SHARP = List.of("\"", "'", "\\", "\n", "$VAR", "{", "}", "#", "include x");

    /** Texts to repeat: what is long to some is also deep, or slow, to others. */
    static final List<String> PIECES =
            List.of("\"", "://:", "\ud83d\ude00", "a.", "a", "/", "{server}", "1s", " ", ":", "'\\");

    private HostileValues() {}

    /** About as many characters of this text over and over, as JSON writes them. */
    static String repeated(String text, int characters) {
        int escapes = (int) text.chars().filter(c -> c == '"' || c == '\\').count();
        String piece = text.isEmpty() ? "a" : text;
        return piece.repeat(characters / (piece.length() + escapes));
    }
}
