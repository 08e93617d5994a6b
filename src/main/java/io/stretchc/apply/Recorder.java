package io.stretchc.apply;

import io.stretchc.journal.Entry;

/** Where entries of the journal go. */
public interface Recorder {
    /** Writes an entry; when this returns, one that announces something is on disk, with all before it. */
    void write(Entry entry) throws RecorderFault;

    /** The entry cannot be written, such as on a full disk. The message is a sentence that says what to do. */
    final class RecorderFault extends Exception {
        private static final long serialVersionUID = 1L;

        /** A fault. */
        public RecorderFault(String message) {
            super(message);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }
}
