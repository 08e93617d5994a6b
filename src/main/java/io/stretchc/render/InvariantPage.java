package io.stretchc.render;

import io.stretchc.invariant.Invariant;

/** What an invariant means, in the form of the pages about diagnostics. */
public final class InvariantPage {
    private InvariantPage() {}

    /** The page. */
    public static String render(Invariant invariant) {
        return "# " + invariant + ": " + invariant.title() + "\nverify\n\n"
                + Paragraph.of("", "", invariant.meaning())
                + "\nWhat to do\n"
                + Paragraph.of("    ", "    ", invariant.wayOut());
    }
}
