/** The topology as its author wrote it: records without positions, defaults not yet filled in. */
@org.jspecify.annotations.NullMarked
package io.stretchc.topology;
