@org.jspecify.annotations.NullMarked
package io.stretchc.vault;
