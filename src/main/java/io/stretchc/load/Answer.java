package io.stretchc.load;

/** What came of sending a message to a stream. */
public sealed interface Answer {
    /** The stream has it. */
    record Stored(String stream, long sequence, boolean duplicate) implements Answer {}

    /** Nobody answered in time, or the connection broke meanwhile; it may be stored. */
    record Silent() implements Answer {}

    /** It was refused, or could not be sent at all; it is not stored. */
    record Refused(String reason) implements Answer {}
}
