package io.stretchc.binary;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Takes one file out of an archive. Only the entry of exactly the wanted name is read, and it is written where the caller
 * says: no name in an archive ever becomes a path.
 */
final class Archive {
    private static final long LARGEST = 512L * 1024 * 1024;
    private static final int BLOCK = 512;

    private Archive() {}

    /** From a gzipped tar. False when there is no regular file of that name. */
    static boolean fromTarGz(Path archive, String wanted, Path target) throws IOException {
        try (InputStream in = new BufferedInputStream(new GZIPInputStream(Files.newInputStream(archive), 64 * 1024))) {
            byte[] header = in.readNBytes(BLOCK);
            while (header.length == BLOCK && header[0] != 0) {
                long size = octal(header, 124, 12);
                boolean regular = header[156] == '0' || header[156] == 0;
                if (regular && name(header).equals(wanted)) {
                    copy(in, size, target);
                    return true;
                }
                in.skipNBytes((size + BLOCK - 1) / BLOCK * BLOCK);
                header = in.readNBytes(BLOCK);
            }
            return false;
        } catch (EOFException e) {
            throw new IOException("the archive ends too early", e);
        }
    }

    /** From a zip file, which a wheel is too. False when there is no file of that name. */
    static boolean fromZip(Path archive, String wanted, Path target) throws IOException {
        try (var zip = new ZipFile(archive.toFile())) {
            ZipEntry entry = zip.getEntry(wanted);
            if (entry == null || entry.isDirectory()) {
                return false;
            }
            try (InputStream in = zip.getInputStream(entry)) {
                copy(in, entry.getSize(), target);
            }
            return true;
        }
    }

    private static void copy(InputStream in, long size, Path target) throws IOException {
        if (size < 0 || size > LARGEST) {
            throw new IOException("an entry of " + size + " bytes is no nats-server");
        }
        byte[] buffer = new byte[64 * 1024];
        try (OutputStream out = Files.newOutputStream(target)) {
            for (long left = size; left > 0; ) {
                int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (n < 0) {
                    throw new EOFException();
                }
                out.write(buffer, 0, n);
                left -= n;
            }
        }
    }

    /** The POSIX form splits long names in two. */
    private static String name(byte[] header) {
        String name = text(header, 0, 100);
        String prefix = text(header, 257, 5).equals("ustar") ? text(header, 345, 155) : "";
        String whole = prefix.isEmpty() ? name : prefix + "/" + name;
        return whole.startsWith("./") ? whole.substring(2) : whole;
    }

    private static String text(byte[] header, int from, int length) {
        byte[] field = Arrays.copyOfRange(header, from, from + length);
        int end = 0;
        while (end < length && field[end] != 0) {
            end++;
        }
        return new String(field, 0, end, StandardCharsets.UTF_8);
    }

    private static long octal(byte[] header, int from, int length) throws IOException {
        String digits = text(header, from, length).strip();
        if (!digits.matches("[0-7]{1,11}")) {
            throw new IOException("the archive is damaged: an entry has no size");
        }
        return Long.parseLong(digits, 8);
    }
}
