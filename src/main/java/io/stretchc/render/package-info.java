/** Diagnostics and differences as text, JSON, SARIF and annotations. */
@org.jspecify.annotations.NullMarked
package io.stretchc.render;
