package io.stretchc.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/** Bytes of UTF-8 into a writer, which may cut a character in two between calls. */
final class Utf8Writer extends OutputStream {
    private final Writer out;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final ByteBuffer pending = ByteBuffer.allocate(16 * 1024);
    private final java.nio.CharBuffer text = java.nio.CharBuffer.allocate(16 * 1024);

    Utf8Writer(Writer out) {
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            int n = Math.min(pending.remaining(), end - at);
            pending.put(bytes, at, n);
            at += n;
            pending.flip();
            decoder.decode(pending, text, false);
            pending.compact();
            text.flip();
            out.write(text.array(), 0, text.length());
            text.clear();
        }
    }
}
