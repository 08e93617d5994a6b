/** What a drill measured, and what that comes to. */
@org.jspecify.annotations.NullMarked
package io.stretchc.drill;
