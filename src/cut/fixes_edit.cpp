#include "cut/fixes_edit.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <filesystem>
#include <system_error>

#include "base/files.h"
#include "cut/disk.h"
#include "cut/toml_reader.h"

namespace nakawari {
namespace {

/// Keeps other writers of the folder out while it lives. The folder itself is what is locked: a lock file
/// would be litter, and the file of fixes is replaced with every write.
class FolderLock {
 public:
  explicit FolderLock(const std::string& folder)
      : file_(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    while (file_ >= 0 && ::flock(file_, LOCK_EX) != 0 && errno == EINTR) {
    }
  }
  ~FolderLock() {
    if (file_ >= 0) ::close(file_);
  }
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int file_;
};

/// The text of the file as it is; a missing file is an empty one.
Result<std::string> text_of(const std::string& file) {
  auto bytes = read_file(file);
  if (!bytes && bytes.error().code == ErrorCode::not_found) return std::string();
  if (!bytes) return Failure(std::move(bytes.error()));
  return std::string(bytes->begin(), bytes->end());
}

/// read_fixes on bytes that may begin with a mark of byte order.
Result<Fixes> parsed(const std::string& text, const std::string& file) {
  std::string_view view(text);
  if (view.starts_with("\xEF\xBB\xBF")) view.remove_prefix(3);
  return read_fixes(view, file);
}

std::string next_id(const Fixes& fixes) {
  long last = 0;
  for (const Fix& fix : fixes.fixes) {
    long number = 0;
    const char* end = fix.id.data() + fix.id.size();
    if (fix.id.starts_with('f') && std::from_chars(fix.id.data() + 1, end, number).ptr == end)
      last = std::max(last, number);
  }
  return "f" + std::to_string(last + 1);
}

/// Byte at which a line (from 1) begins; the end of the text past the last.
std::size_t start_of_line(const std::string& text, long line) {
  std::size_t at = 0;
  for (long i = 1; i < line && at < text.size(); ++i) {
    const auto end = text.find('\n', at);
    at = end == std::string::npos ? text.size() : end + 1;
  }
  return at;
}

/// True when the line before `at` is there and blank; `start` is then its first byte.
bool blank_before(const std::string& text, std::size_t at, std::size_t& start) {
  if (at == 0) return false;
  const auto before = at >= 2 ? text.rfind('\n', at - 2) : std::string::npos;
  start = before == std::string::npos ? 0 : before + 1;
  return text.find_first_not_of(" \t\r\n", start) >= at;
}

bool blank_after(const std::string& text, std::size_t at) {
  const auto end = std::min(text.find('\n', at), text.size());
  return text.find_first_not_of(" \t\r", at) >= end;
}

/// First and last line of the entry.
Result<std::pair<long, long>> lines_of(const std::string& text, const std::string& file,
                                       const std::string& id) {
  TomlReader reader(text.starts_with("\xEF\xBB\xBF") ? std::string_view(text).substr(3) : text, file);
  for (TomlTable& table : reader.root().tables("fix")) {
    std::string found = "line " + std::to_string(table.line());
    table.read("id", found);
    if (found == id) return std::pair(table.line(), table.last_line());
  }
  return fail(ErrorCode::not_found, "there is no fix \"" + id + "\"", {}, {.file = file});
}

}  // namespace

Result<AppendedFix> append_fix(const std::string& file, const Fix& fix) {
  const std::string folder = folder_of(file);
  std::error_code error;
  if (!folder.empty()) std::filesystem::create_directories(folder, error);
  if (error)
    return fail(ErrorCode::io, "cannot be made: " + error.message(), "allow writing to the folder of the cut",
                {.file = folder});
  const FolderLock lock(folder);
  auto text = text_of(file);
  if (!text) return Failure(std::move(text.error()));
  const auto before = parsed(*text, file);
  if (!before) return Failure(before.error());

  Fix entry = fix;
  if (entry.id.empty()) entry.id = next_id(*before);
  const std::string added = fix_text(entry);
  for (const Fix& old : before->fixes) {
    if (old.id != entry.id) continue;
    if (fix_text(old) == added) return AppendedFix{entry.id, true};
    return fail(ErrorCode::wrong_use, "there is another fix \"" + entry.id + "\"", {}, {.file = file});
  }
  if (!text->empty() && !text->ends_with('\n')) *text += '\n';
  if (!text->empty()) *text += '\n';
  *text += added;

  // What cannot be read again must not be written.
  const auto after = parsed(*text, file);
  if (!after)
    return fail(ErrorCode::wrong_use, "this fix cannot be kept: " + after.error().message, after.error().mend,
                {.file = file});
  if (after->fixes.size() != before->fixes.size() + 1)
    return fail(ErrorCode::wrong_use, "this fix cannot be kept", {}, {.file = file});
  if (auto written = write_text(file, *text); !written) return Failure(std::move(written.error()));
  return AppendedFix{entry.id, false};
}

Result<Fix> remove_fix(const std::string& file, const std::string& id) {
  const FolderLock lock(folder_of(file));
  auto text = text_of(file);
  if (!text) return Failure(std::move(text.error()));
  const auto before = parsed(*text, file);
  if (!before) return Failure(before.error());
  const auto lines = lines_of(*text, file, id);
  if (!lines) return Failure(lines.error());
  const auto entry =
      std::find_if(before->fixes.begin(), before->fixes.end(), [&](const Fix& fix) { return fix.id == id; });
  if (entry == before->fixes.end())
    return fail(ErrorCode::not_found, "there is no fix \"" + id + "\"", {}, {.file = file});
  Fix removed = *entry;

  std::size_t from = start_of_line(*text, lines->first);
  const std::size_t to = start_of_line(*text, lines->second + 1);
  // The blank line that set the entry off goes with it.
  if (std::size_t start = 0; blank_after(*text, to) && blank_before(*text, from, start)) from = start;
  text->erase(from, to - from);

  const auto after = parsed(*text, file);
  if (!after || after->fixes.size() + 1 != before->fixes.size())
    return fail(ErrorCode::bad_input, "the fix \"" + id + "\" is written in a way that cannot be taken out",
                "take it out with a text editor", {.file = file, .line = lines->first});
  if (auto written = write_text(file, *text); !written) return Failure(std::move(written.error()));
  return removed;
}

}  // namespace nakawari
