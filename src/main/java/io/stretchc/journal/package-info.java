/** What a run of a plan did, as it is remembered: entries, and what follows from them. */
@org.jspecify.annotations.NullMarked
package io.stretchc.journal;
