/** The topology's JSON Schema, and its findings as ordinary diagnostics. */
@org.jspecify.annotations.NullMarked
package io.stretchc.schema;
