/** What must hold in a healthy cluster, each with a code, judged from what was observed: from values to values. */
@org.jspecify.annotations.NullMarked
package io.stretchc.invariant;
