package io.stretchc.binary;

import io.stretchc.diag.Quote;
import java.io.FileNotFoundException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What an exception means to a person, in half a sentence. */
final class Reason {
    private Reason() {}

    static String of(Throwable e) {
        if (e instanceof UnresolvedAddressException || e instanceof UnknownHostException) {
            return "the host name is not known here";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException || e instanceof FileNotFoundException) {
            return "there is no such file";
        }
        if (e instanceof FileSystemException f && f.getReason() != null) {
            return Quote.sentence(f.getReason());
        }
        String message = e.getMessage();
        if (message == null || message.isBlank()) {
            return e.getCause() == null ? e.getClass().getSimpleName() : of(e.getCause());
        }
        return Quote.sentence(message);
    }
}
