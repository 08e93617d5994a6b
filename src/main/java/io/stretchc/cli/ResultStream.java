package io.stretchc.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Standard output that remembers whether all of it was taken. A {@code PrintWriter} tells nobody of a full disk, and a
 * pipeline would take half a report for a whole one. A reader that went away, as {@code head} does, wanted no more.
 */
final class ResultStream extends FilterOutputStream {
    private boolean failed;

    ResultStream(OutputStream out) {
        super(out);
    }

    /** Whether something was not taken, though somebody wanted it. */
    boolean failed() {
        return failed;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            failed |= !String.valueOf(e.getMessage()).contains("Broken pipe");
            throw e;
        }
    }
}
