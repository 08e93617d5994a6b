package io.stretchc.codec;

import java.io.IOException;

/** What keeps a file from being what it should be; the message goes into a sentence about the file. */
final class Misfit extends IOException {
    private static final long serialVersionUID = 1L;

    Misfit(String message) {
        super(message);
    }
}
