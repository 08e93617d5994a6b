/** YAML text to a tree that keeps positions; scalars stay what they look like. */
@org.jspecify.annotations.NullMarked
package io.stretchc.syntax;
