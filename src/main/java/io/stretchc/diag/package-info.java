/** What is wrong with an input, where, and the way out: values, never exceptions. */
@org.jspecify.annotations.NullMarked
package io.stretchc.diag;
