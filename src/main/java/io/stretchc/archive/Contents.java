package io.stretchc.archive;

import io.stretchc.backup.ArchiveFormat;

/**
 * What an archive was found to hold, read to its end.
 *
 * @param consumers whose state is in it
 * @param messages in it; -1 where only the server can count them, as in the block files of a tar
 * @param lastSequence of the last message; -1 where only the server can tell
 */
public record Contents(ArchiveFormat format, int consumers, long messages, long lastSequence) {}
