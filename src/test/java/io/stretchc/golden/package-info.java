/** Expected outputs as files of the repository, compared byte for byte. */
@org.jspecify.annotations.NullMarked
package io.stretchc.golden;
