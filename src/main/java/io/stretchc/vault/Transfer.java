package io.stretchc.vault;

import java.io.IOException;
import java.time.Duration;

/** Archives of streams over a connection to one account. May be used by several threads at a time. */
public interface Transfer extends AutoCloseable {
    /** Takes an archive piece by piece; what it refuses ends the transfer. */
    interface Sink {
        void more(byte[] piece) throws IOException;
    }

    /** Gives an archive piece by piece, of so many bytes at most; an empty piece at its end. */
    interface Source {
        byte[] more(int most) throws IOException;
    }

    /**
     * Has an archive made ({@code STREAM.SNAPSHOT}), every piece acknowledged once it is here.
     *
     * @param chunk bytes of a piece
     * @param window bytes that may be on their way
     * @param quiet how long nothing may come
     * @return what the server answered
     */
    String snapshot(String stream, int chunk, int window, Duration quiet, Sink sink) throws TransferFault, IOException;

    /**
     * Gives an archive back ({@code STREAM.RESTORE}).
     *
     * @param request configuration and state
     * @param patience for the server to unpack it, once it has all
     * @return what the server answered in the end
     */
    String restore(String stream, String request, Duration patience, Source source) throws TransferFault, IOException;

    @Override
    void close();
}
