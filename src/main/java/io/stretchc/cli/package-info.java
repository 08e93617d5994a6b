/** Command line: flags in, exit code out. The only place that touches files, streams and the clock. */
@org.jspecify.annotations.NullMarked
package io.stretchc.cli;
