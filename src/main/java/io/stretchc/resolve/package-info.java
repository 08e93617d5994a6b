/** Defaults filled in, tags and addresses worked out: what every server will really be told. */
@org.jspecify.annotations.NullMarked
package io.stretchc.resolve;
