# SPDX-License-Identifier: GPL-3.0-or-later
# What `cmake --install` copies: the library with its header, CMake package and .pc file, the program, the
# part library and the man page.
include(CMakePackageConfigHelpers)
set(package ${CMAKE_INSTALL_LIBDIR}/cmake/balspice)

install(TARGETS balspice bal_cli EXPORT balspice-targets)
install(DIRECTORY ${S}/include/balspice TYPE INCLUDE)
install(EXPORT balspice-targets NAMESPACE balspice:: DESTINATION ${package})

configure_package_config_file(${S}/cmake/balspice-config.cmake.in balspice-config.cmake
                              INSTALL_DESTINATION ${package})
write_basic_package_version_file(balspice-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/balspice-config.cmake
              ${CMAKE_CURRENT_BINARY_DIR}/balspice-config-version.cmake ${S}/cmake/FindKLU.cmake
              ${S}/cmake/FindJansson.cmake
        DESTINATION ${package})

# KLU brings no .pc file on Debian 12, so a static link names its libraries itself.
configure_file(${S}/cmake/balspice.pc.in balspice.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/balspice.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

install(DIRECTORY ${M}/library/ DESTINATION ${CMAKE_INSTALL_DATADIR}/balspice/library
        FILES_MATCHING PATTERN "*.lib")
install(FILES ${PROJECT_SOURCE_DIR}/netlists/receivers/bench.cir
        DESTINATION ${CMAKE_INSTALL_DATADIR}/balspice)

# The manual page is written in scdoc; without that program there is none.
find_program(BAL_SCDOC scdoc)
file(GLOB manuals CONFIGURE_DEPENDS ${S}/man/*.scd)
if(BAL_SCDOC)
  foreach(manual IN LISTS manuals)
    get_filename_component(page ${manual} NAME_WLE) # balspice.1
    string(REGEX REPLACE ".*\\." "" section ${page})
    add_custom_command(OUTPUT ${page} DEPENDS ${manual} VERBATIM
                       COMMAND sh -c "\"$1\" < \"$2\" > \"$3\"" scdoc ${BAL_SCDOC} ${manual} ${page})
    list(APPEND pages ${CMAKE_CURRENT_BINARY_DIR}/${page})
    install(FILES ${CMAKE_CURRENT_BINARY_DIR}/${page} DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section})
  endforeach()
  add_custom_target(bal_man ALL DEPENDS ${pages})
elseif(manuals)
  message(STATUS "scdoc is not installed: no manual page")
endif()
