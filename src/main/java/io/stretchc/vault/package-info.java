/** Backups of streams on disk: taken, found, checked and given back. */
@org.jspecify.annotations.NullMarked
package io.stretchc.vault;
