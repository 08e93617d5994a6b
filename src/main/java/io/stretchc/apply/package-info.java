/** Carries out plans on a live cluster: a look before each step, a call, and looks until its result is seen. */
@org.jspecify.annotations.NullMarked
package io.stretchc.apply;
