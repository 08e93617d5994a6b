/** Files that people and later commands read: canonical JSON both ways, the same bytes for the same content. */
@org.jspecify.annotations.NullMarked
package io.stretchc.codec;
