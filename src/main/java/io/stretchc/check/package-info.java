/** Meaning: one class of rules per concern, all run every time. */
@org.jspecify.annotations.NullMarked
package io.stretchc.check;
