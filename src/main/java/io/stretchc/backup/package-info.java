/** What a backup of a stream is: values only. Where it lies is the shell's. */
@org.jspecify.annotations.NullMarked
package io.stretchc.backup;
