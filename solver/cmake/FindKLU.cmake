# SPDX-License-Identifier: GPL-3.0-or-later
# Defines KLU::KLU. SuiteSparse 7 brings a CMake package; older ones (Debian 12: 5.12) bring neither that
# nor a pkg-config file, so header and libraries are looked up. KLU_ROOT or CMAKE_PREFIX_PATH tell of
# another place.
if(TARGET KLU::KLU)
  set(KLU_FOUND TRUE)
  return()
endif()

include(FindPackageHandleStandardArgs)

find_package(KLU CONFIG QUIET)
if(TARGET SuiteSparse::KLU)
  add_library(KLU::KLU INTERFACE IMPORTED)
  set_target_properties(KLU::KLU PROPERTIES INTERFACE_LINK_LIBRARIES SuiteSparse::KLU)
  find_package_handle_standard_args(KLU CONFIG_MODE)
  return()
endif()

find_path(KLU_INCLUDE_DIR klu.h PATH_SUFFIXES suitesparse)
set(KLU_LIBRARIES "")
set(klu_library_vars "")
foreach(name IN ITEMS klu amd colamd btf suitesparseconfig)
  string(TOUPPER ${name} upper)
  find_library(KLU_${upper}_LIBRARY ${name})
  list(APPEND KLU_LIBRARIES ${KLU_${upper}_LIBRARY})
  list(APPEND klu_library_vars KLU_${upper}_LIBRARY)
endforeach()

if(KLU_INCLUDE_DIR AND EXISTS ${KLU_INCLUDE_DIR}/klu.h)
  file(STRINGS ${KLU_INCLUDE_DIR}/klu.h klu_versions REGEX "define KLU_(MAIN|SUB|SUBSUB)_VERSION")
  string(REGEX REPLACE ".*MAIN_VERSION ([0-9]+).*SUB_VERSION ([0-9]+).*SUBSUB_VERSION ([0-9]+).*"
                       "\\1.\\2.\\3" KLU_VERSION "${klu_versions}")
endif()

find_package_handle_standard_args(
  KLU REQUIRED_VARS KLU_KLU_LIBRARY KLU_INCLUDE_DIR ${klu_library_vars} VERSION_VAR KLU_VERSION)

if(KLU_FOUND)
  add_library(KLU::KLU INTERFACE IMPORTED)
  set_target_properties(
    KLU::KLU PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "${KLU_INCLUDE_DIR}"
                        INTERFACE_LINK_LIBRARIES "${KLU_LIBRARIES}")
endif()
mark_as_advanced(KLU_INCLUDE_DIR ${klu_library_vars})
