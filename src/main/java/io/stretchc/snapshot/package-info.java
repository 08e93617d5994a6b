/** A cluster as it was observed at one moment: what every server said, whom to believe, and what could not be seen. */
@org.jspecify.annotations.NullMarked
package io.stretchc.snapshot;
