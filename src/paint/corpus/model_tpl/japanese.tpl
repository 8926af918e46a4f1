<palette name="花 &lt;x&gt;">
  <version>
    71 0
  </version>
  <styles>
    <style>
      color_0 3 255 255 255 0
    </style>
    <style>
      "髪 0" 3 0 1 200 255
    </style>
    <style>
      "髪 1 [shadow]" 3 37 12 199 255
    </style>
    <style>
      "髪 2 [shadow2]" 3 74 23 198 255
    </style>
  </styles>
  <stylepages>
    <page>
      <name>
        colors
      </name>
      <indices>
        0 1 3
      </indices>
    </page>
    <page>
      <name>
        "body / b"
      </name>
      <indices>
        2
      </indices>
    </page>
  </stylepages>
</palette>
