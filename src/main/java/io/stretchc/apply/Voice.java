package io.stretchc.apply;

/** Tells the operator what goes on. */
public interface Voice {
    /** A line. */
    void say(String line);
}
