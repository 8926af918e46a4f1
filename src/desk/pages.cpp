#include "desk/pages.h"

namespace nakawari {
namespace {

std::string_view view(const unsigned char* bytes, std::size_t size) {
  return {reinterpret_cast<const char*>(bytes), size};
}

}  // namespace

std::optional<Page> page_at(std::string_view path) {
  if (path == "/") return Page{view(pages::index_html, pages::index_html_size), "text/html; charset=utf-8"};
  if (path == "/desk.css") return Page{view(pages::desk_css, pages::desk_css_size), "text/css"};
  if (path == "/desk.js") return Page{view(pages::desk_js, pages::desk_js_size), "text/javascript"};
  return std::nullopt;
}

}  // namespace nakawari
