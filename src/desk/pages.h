/// \file
/// The desk's pages, carried by the program: made from web/ when the program is built.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace nakawari {

namespace pages {
extern const unsigned char index_html[];
extern const std::size_t index_html_size;
extern const unsigned char desk_css[];
extern const std::size_t desk_css_size;
extern const unsigned char desk_js[];
extern const std::size_t desk_js_size;
}  // namespace pages

struct Page {
  std::string_view bytes;
  const char* type = "";
};

/// The page at a path of the address ("/", "/desk.css", "/desk.js"), if it is one.
std::optional<Page> page_at(std::string_view path);

}  // namespace nakawari
