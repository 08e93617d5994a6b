/** A model of meta group and stream groups under each version's election rules, and the proof that a plan keeps to its rules. */
@org.jspecify.annotations.NullMarked
package io.stretchc.simulate;
