/** What state a live cluster is in, held against its topology, and what comes next: from values to values. */
@org.jspecify.annotations.NullMarked
package io.stretchc.status;
