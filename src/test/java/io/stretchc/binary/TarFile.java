package io.stretchc.binary;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** Writes tar archives, wrong ones too. */
final class TarFile {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    TarFile file(String name, String text) {
        return file("", name, text);
    }

    TarFile file(String prefix, String name, String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        header(prefix, name, '0', octal(content.length), "");
        bytes.writeBytes(content);
        bytes.writeBytes(new byte[(512 - content.length % 512) % 512]);
        return this;
    }

    TarFile directory(String name) {
        header("", name, '5', octal(0), "");
        return this;
    }

    TarFile link(String name, String to) {
        header("", name, '2', octal(0), to);
        return this;
    }

    /** An entry that says it is longer than the archive. */
    TarFile cut(String name, int length) {
        header("", name, '0', octal(length), "");
        bytes.writeBytes(new byte[100]);
        return this;
    }

    /** An entry with this for its size. */
    TarFile size(String name, String size) {
        header("", name, '0', size, "");
        return this;
    }

    Path gzipped(Path file) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            bytes.writeTo(out);
            out.write(new byte[1024]);
        }
        return file;
    }

    private static String octal(int number) {
        return String.format(Locale.ROOT, "%011o", number);
    }

    private void header(String prefix, String name, char type, String size, String link) {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 124, size);
        header[156] = (byte) type;
        put(header, 157, link);
        put(header, 257, "ustar");
        put(header, 345, prefix);
        bytes.writeBytes(header);
    }

    private static void put(byte[] header, int at, String text) {
        byte[] field = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(field, 0, header, at, field.length);
    }
}
