package io.stretchc.ledger;

/** Where in a stream an acknowledged message is missing, in the order in which messages were acknowledged. */
public enum Loss {
    /** Before the first that is still there: the log began anew. All of them when none is there. */
    PREFIX,
    /** Between two that are there: no crash of one server explains it. */
    MIDDLE,
    /** After the last that is there: the end was cut off. */
    POSTFIX
}
