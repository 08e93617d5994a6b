/** Measurements of whole processes, compared in one run; no test depends on them. */
@org.jspecify.annotations.NullMarked
package io.stretchc.bench;
