# SPDX-License-Identifier: GPL-3.0-or-later
# Defines Jansson::Jansson: Debian's package brings a .pc file and no CMake package. Jansson_ROOT or
# CMAKE_PREFIX_PATH tell of another place.
if(TARGET Jansson::Jansson)
  set(Jansson_FOUND TRUE)
  return()
endif()

include(FindPackageHandleStandardArgs)
find_path(Jansson_INCLUDE_DIR jansson.h)
find_library(Jansson_LIBRARY jansson)
if(Jansson_INCLUDE_DIR AND EXISTS ${Jansson_INCLUDE_DIR}/jansson.h)
  file(STRINGS ${Jansson_INCLUDE_DIR}/jansson.h jansson_version REGEX "define JANSSON_VERSION +\"")
  string(REGEX REPLACE ".*\"(.*)\".*" "\\1" Jansson_VERSION "${jansson_version}")
endif()
find_package_handle_standard_args(Jansson REQUIRED_VARS Jansson_LIBRARY Jansson_INCLUDE_DIR
                                  VERSION_VAR Jansson_VERSION)
if(Jansson_FOUND)
  add_library(Jansson::Jansson UNKNOWN IMPORTED)
  set_target_properties(Jansson::Jansson PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "${Jansson_INCLUDE_DIR}"
                                                    IMPORTED_LOCATION "${Jansson_LIBRARY}")
endif()
mark_as_advanced(Jansson_INCLUDE_DIR Jansson_LIBRARY)
