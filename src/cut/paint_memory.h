/// \file
/// The painter of the cel that was painted last, kept by a process that builds again and again (the desk):
/// where only paint fixes changed since, nothing is loaded and compared again.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "cut/serial.h"
#include "paint/painter.h"

namespace nakawari {

struct KeptPainter {
  std::optional<Painter> painter;
  std::vector<bool> given;        ///< per drawing: painted by a person
  Bytes line_matches;             ///< for the next painter of the cel
  std::vector<std::string> lost;  ///< fixes that fitted nothing when the job was loaded
};

/// One cel at a time, so that memory holds one cel's pictures.
class PaintMemory {
 public:
  /// The painter of a cel that was compared from the same; nullptr without.
  KeptPainter* find(const std::string& cel, Hash compared) {
    return kept_.painter && cel_ == cel && compared_ == compared ? &kept_ : nullptr;
  }
  KeptPainter* keep(const std::string& cel, Hash compared, KeptPainter painter) {
    cel_ = cel;
    compared_ = compared;
    kept_ = std::move(painter);
    return &kept_;
  }
  void forget() { kept_ = {}; }

 private:
  std::string cel_;
  Hash compared_;
  KeptPainter kept_;
};

}  // namespace nakawari
