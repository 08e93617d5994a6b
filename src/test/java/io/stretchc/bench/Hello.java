package io.stretchc.bench;

/** The smallest process of a Java platform, to compare others with. */
public final class Hello {
    private Hello() {}

    /** Says hello. */
    @SuppressWarnings("SystemOut") // it is what the program is for
    public static void main(String[] args) {
        System.out.println("hello");
    }
}
