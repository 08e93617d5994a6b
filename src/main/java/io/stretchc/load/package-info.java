/** Sends messages to streams at a steady rate, and writes down every attempt and what became of it. */
@org.jspecify.annotations.NullMarked
package io.stretchc.load;
